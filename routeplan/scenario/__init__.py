"""What is asked: the shipment, the places, the limits; and the dates a question stands for."""
